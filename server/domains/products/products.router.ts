import { changeOf, creationOf, queryOf } from '../../documents/procedures.ts';
import { tenantMutation } from '../../ladder/tenant-procedures.ts';
import { withManyLines } from '../../ladder/request-size.ts';
import { router } from '../../ladder/trpc.ts';
import { getInputSchema } from '../../ground/record.contract.ts';
import {
  createProductSchema,
  listProductsSchema,
  productCategoriesSchema,
  productPageSchema,
  productSchema,
  productsNamedAnswerSchema,
  productsNamedSchema,
  taxClassesOnSchema,
  taxClassesSchema,
  updateProductSchema,
} from './products.contract.ts';
import { productKind } from './products.kinds.contract.ts';
import * as products from './products.service.ts';

export const productsRouter = router({
  list: queryOf(productKind)
    .input(listProductsSchema)
    .output(productPageSchema)
    .query(({ ctx, input }) => products.list(ctx.scope, input)),
  get: queryOf(productKind)
    .input(getInputSchema)
    .output(productSchema)
    .query(({ ctx, input }) => products.get(ctx.scope, input.id)),
  /** A look that is sent like a change: thousands of codes fit into no address. */
  named: tenantMutation(productKind.readWith, { anew: true, size: withManyLines })
    .input(productsNamedSchema)
    .output(productsNamedAnswerSchema)
    .mutation(({ ctx, input }) => products.named(ctx.scope, input.texts)),
  create: creationOf(productKind)
    .input(createProductSchema)
    .output(productSchema)
    .mutation(({ ctx, input }) => products.create(ctx.scope, input)),
  update: changeOf(productKind)
    .input(updateProductSchema)
    .output(productSchema)
    .mutation(({ ctx, input }) => products.update(ctx.scope, input)),
  categories: queryOf(productKind)
    .output(productCategoriesSchema)
    .query(({ ctx }) => products.categories(ctx.scope)),
  taxClasses: queryOf(productKind)
    .input(taxClassesOnSchema)
    .output(taxClassesSchema)
    .query(({ ctx, input }) => products.taxClasses(ctx.scope, input.on)),
});
