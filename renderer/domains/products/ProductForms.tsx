import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createProductSchema,
  updateProductSchema,
  type Product,
} from '../../../server/domains/products/products.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { EditMaster, NewMaster, type MasterForm } from '../../lib/MasterForms.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { productFields, productForm } from './product-fields.tsx';

const form: MasterForm<
  typeof productFields,
  Product,
  typeof createProductSchema,
  typeof updateProductSchema
> = {
  kind: productKind,
  create: createProductSchema,
  update: updateProductSchema,
  words: {
    list: t`Products`,
    new: t`New product`,
    add: t`Add product`,
    added: t`Product added`,
    saved: t`Product saved`,
  },
  fields: productFields,
  parts: productForm,
  codeOf: ({ sku }) => sku,
  kept: (product) => product,
};

export function NewProduct() {
  const create = useMutation(useTRPC().products.create.mutationOptions());
  return <NewMaster of={form} save={create.mutateAsync} />;
}

export function EditProduct() {
  const trpc = useTRPC();
  const update = useMutation(trpc.products.update.mutationOptions());
  const query = useQuery(trpc.products.get.queryOptions({ id: useRecordId() }));
  return (
    <RecordGate query={query}>
      {(product) => <EditMaster key={product.id} of={form} record={product} save={update.mutateAsync} />}
    </RecordGate>
  );
}
