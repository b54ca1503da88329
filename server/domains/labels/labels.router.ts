import { tenantMutation, tenantQuery } from '../../ladder/tenant-procedures.ts';
import { withManyLines } from '../../ladder/request-size.ts';
import { router } from '../../ladder/trpc.ts';
import { builtInTemplates, labelTemplatesSchema } from './label-templates.contract.ts';
import { labelsSchema, renderLabelsSchema } from './labels.contract.ts';
import * as labels from './labels.service.ts';

export const labelsRouter = router({
  templates: tenantQuery('labels:print')
    .output(labelTemplatesSchema)
    .query(() => [...builtInTemplates]),
  /** Changes nothing: a list of labels is too long for an address. */
  render: tenantMutation('labels:print', { size: withManyLines, anew: true })
    .input(renderLabelsSchema)
    .output(labelsSchema)
    .mutation(({ ctx, input }) => labels.render(ctx.scope, input)),
});
