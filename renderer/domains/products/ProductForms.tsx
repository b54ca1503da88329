import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  productSchema,
  createProductSchema,
  updateProductSchema,
  type Product,
} from '../../../server/domains/products/products.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import {
  emptyProduct,
  productInput,
  productLabels,
  productValues,
  type ProductValues,
} from './product-form-values.ts';
import { ProductFields } from './ProductFields.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

export function NewProduct() {
  const trpc = useTRPC();
  const history = useAppHistory();
  const seesCosts = useAbility().sees(productSchema, 'purchasePrice');
  const [id] = useState(newId);
  const create = useMutation(trpc.products.create.mutationOptions());
  const recordForm = useRecordForm<ProductValues, typeof createProductSchema, Product>({
    name: 'product:new',
    schema: createProductSchema,
    initial: emptyProduct,
    toInput: (values) => ({ id, ...productInput(values, { seesCosts }) }),
    save: (input) => create.mutateAsync(input),
    onSaved: (product) => {
      notifyDone(t`Product added`, `${product.sku} ${product.name}`);
      history.replace(paths.product(product.id));
    },
  });
  return (
    <Page header={<PageHeader title={t`New product`} parent={{ label: t`Products`, to: paths.products }} />}>
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Add product`}
        back={paths.products}
        labels={productLabels}
      >
        <ProductFields form={recordForm.form} seesCosts={seesCosts} isNew />
      </RecordFormFrame>
    </Page>
  );
}

export function EditProduct() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.products.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(product) => <EditProductForm key={product.id} product={product} />}
    </RecordGate>
  );
}

function EditProductForm({ product: loaded }: { product: Product }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [product] = useState(loaded);
  const trpc = useTRPC();
  const history = useAppHistory();
  const seesCosts = useAbility().sees(productSchema, 'purchasePrice');
  const update = useMutation(trpc.products.update.mutationOptions());
  usePageTitle(t`Edit ${product.name}`);
  const recordForm = useRecordForm<ProductValues, typeof updateProductSchema, Product>({
    name: `product:${product.id}`,
    schema: updateProductSchema,
    initial: productValues(product),
    version: product.version,
    toInput: (values, version) => ({ id: product.id, version, ...productInput(values, { seesCosts }) }),
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: Product) => ({ values: productValues(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(t`Product saved`, `${saved.sku} ${saved.name}`);
      history.replace(paths.product(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${product.name}`}
          parent={{ label: product.sku, to: paths.product(product.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save changes`}
        back={paths.product(product.id)}
        labels={productLabels}
      >
        <ProductFields form={recordForm.form} seesCosts={seesCosts} />
      </RecordFormFrame>
    </Page>
  );
}
