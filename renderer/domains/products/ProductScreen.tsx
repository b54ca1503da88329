import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { productSchema, type Product } from '../../../server/domains/products/products.contract.ts';
import { productKind } from '../../../server/domains/products/products.kinds.contract.ts';
import { stockMovementKind } from '../../../server/domains/inventory/inventory.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { EditButton } from '../../lib/Buttons.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { attributeFacts } from '../../lib/field-name.ts';
import { editPath, paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { StatusActions } from '../../lib/StatusActions.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { formatInstant, formatPercent } from '../../ui/formats.ts';
import { Columns, Page, Section, Stacked } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProductMovements, ProductStock } from './ProductStock.tsx';
import { unitWords } from './product-form-values.ts';

export function ProductScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.products.get.queryOptions({ id }));
  return <RecordGate query={query}>{(product) => <ProductRecord product={product} />}</RecordGate>;
}

function ProductRecord({ product }: { product: Product }) {
  const trpc = useTRPC();
  const ability = useAbility();
  const update = useMutation(trpc.products.update.mutationOptions());
  usePageTitle(`${product.name} (${product.sku})`);
  const tracked = product.kind === 'tracked';
  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Products`, to: paths.products }}
          title={product.name}
          status={<RecordStatus status={product.status} filled />}
          detail={<Code>{product.sku}</Code>}
          actions={
            ability.can(productKind.updateWith) ? (
              <>
                <StatusActions
                  status={product.status}
                  states={['active', 'inactive']}
                  change={(status) =>
                    update.mutateAsync({ id: product.id, version: product.version, status })
                  }
                />
                <EditButton to={editPath(paths.product(product.id))} />
              </>
            ) : null
          }
        />
      }
    >
      <Stacked>
        {tracked && ability.can(stockMovementKind.readWith) ? (
          <>
            <ProductStock product={product} />
            <ProductMovements product={product} />
          </>
        ) : null}
        <Columns
          main={
            <>
              <Section title={t`About`}>
                <Facts
                  items={[
                    { label: t`Category`, value: product.category },
                    { label: t`Kind`, value: tracked ? t`Goods, with stock` : t`Service` },
                    { label: t`Unit`, value: `${product.unit} · ${unitWords[product.unit] ?? ''}` },
                    { label: t`HSN code`, value: <Code>{product.hsnCode}</Code> },
                    {
                      label: t`Barcodes`,
                      value: product.barcodes.length > 0 ? <Code>{product.barcodes.join('  ')}</Code> : null,
                    },
                    { label: t`Tax class`, value: product.taxClass },
                    { label: t`Description`, value: product.description, wide: true },
                    ...attributeFacts(product.attributes),
                  ]}
                />
              </Section>
            </>
          }
          side={
            <>
              <Section title={t`Prices, before GST`}>
                <Facts
                  columns={1}
                  items={[
                    ability.sees(productSchema, 'purchasePrice') && {
                      label: t`Purchase`,
                      value: <Money value={product.purchasePrice} unitPrice />,
                      figure: true,
                    },
                    { label: t`Sale`, value: <Money value={product.salePrice} unitPrice />, figure: true },
                  ]}
                />
              </Section>
              {tracked ? (
                <Section title={t`Reordering`}>
                  <Facts
                    columns={1}
                    items={[
                      {
                        label: t`Level`,
                        value: <Quantity value={product.reorderLevel} unit={product.unit} />,
                        figure: true,
                      },
                      {
                        label: t`Quantity`,
                        value: <Quantity value={product.reorderQuantity} unit={product.unit} />,
                        figure: true,
                      },
                      {
                        label: t`Over-receipt`,
                        value:
                          product.receiptTolerancePercent === null
                            ? t`As in settings`
                            : formatPercent(product.receiptTolerancePercent),
                        figure: true,
                      },
                      {
                        label: t`Lots`,
                        value: product.tracksLots ? t`Kept by lots` : t`No lots`,
                        figure: true,
                      },
                    ]}
                  />
                </Section>
              ) : null}
              <Section title={t`Record`}>
                <Facts
                  columns={1}
                  items={[
                    { label: t`Added`, value: formatInstant(product.createdAt) },
                    { label: t`Changed`, value: formatInstant(product.updatedAt) },
                  ]}
                />
              </Section>
            </>
          }
        />
      </Stacked>
    </Page>
  );
}
