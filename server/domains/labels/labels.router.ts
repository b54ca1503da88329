import { tenantQuery, tenantReading } from '../../ladder/tenant-procedures.ts';
import { withManyLines } from '../../ladder/request-size.ts';
import { router } from '../../ladder/trpc.ts';
import { builtInTemplates, labelTemplatesSchema } from './label-templates.contract.ts';
import { labelsSchema, renderLabelsSchema } from './labels.contract.ts';
import * as labels from './labels.service.ts';

export const labelsRouter = router({
  templates: tenantQuery('labels:print')
    .output(labelTemplatesSchema)
    .query(() => [...builtInTemplates]),
  render: tenantReading('labels:print', { size: withManyLines })
    .input(renderLabelsSchema)
    .output(labelsSchema)
    .mutation({
      read: ({ ctx, input }) => labels.read(ctx.scope, input),
      answer: labels.render,
    }),
});
