import { IconListCheck } from '@tabler/icons-react';
import { z } from 'zod';
import type { DocumentKind } from '../../../server/documents/document-kind.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { documentRoutes } from '../document-routes.ts';
import { documentScreens } from '../document-screens.ts';

/** A kind of document that the product does not have: a count of stock, without a party or prices. */
/** To the types the lists of rights are closed: those that a test adds are among them at run time only. */
export const added = (permission: string) => permission as Permission;

export type Status = 'draft' | 'counting' | 'closed';
export type Command = 'update' | 'begin' | 'recount' | 'close';

export const stockCountKind: DocumentKind<Status, Command, 'stock_count'> = {
  name: 'stock_count',
  path: '/stock-counts',
  readWith: added('stock_counts:read'),
  createWith: added('stock_counts:take'),
  schema: z.unknown(),
  series: 'SC',
  numberField: 'number',
  party: null,
  commands: {
    update: { from: ['draft'], permission: added('stock_counts:take') },
    begin: { from: ['draft'], permission: added('stock_counts:take') },
    recount: { from: ['counting'], permission: added('stock_counts:take') },
    close: { from: ['counting'], permission: added('stock_counts:close'), reason: 'required' },
  },
};

const nothing = () => Promise.resolve(() => null);

export const screens = documentScreens({
  kind: stockCountKind,
  word: 'Stock count',
  states: {
    draft: { label: 'To begin', tone: 'neutral' },
    counting: { label: 'Counting', tone: 'progress' },
    closed: { label: 'Counted', tone: 'good' },
  },
  routes: documentRoutes(
    stockCountKind,
    {
      list: { title: 'Stock counts', load: nothing },
      create: { title: 'New stock count', load: nothing },
      page: { title: 'Stock count', load: nothing },
      edit: { title: 'Edit stock count', load: nothing },
    },
    {},
  ),
  place: {
    area: 'stock',
    label: 'Stock counts',
    icon: IconListCheck,
    jump: 'n',
    create: 'New stock count',
  },
});
