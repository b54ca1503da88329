import { IconListCheck } from '@tabler/icons-react';
import { z } from 'zod';
import type { DocumentKind } from '../../../server/documents/document-kind.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { documentRoutes } from '../document-routes.ts';
import { documentScreens } from '../document-screens.ts';

/** A kind of document that the product does not have: a fire drill, without a party or prices. */
/** To the types the lists of rights are closed: those that a test adds are among them at run time only. */
export const added = (permission: string) => permission as Permission;

export type Status = 'draft' | 'counting' | 'closed';
export type Command = 'update' | 'begin' | 'recount' | 'close';

export const fireDrillKind: DocumentKind<Status, Command, 'fire_drill'> = {
  name: 'fire_drill',
  path: '/fire-drills',
  readWith: added('fire_drills:read'),
  createWith: added('fire_drills:take'),
  schema: z.unknown(),
  series: 'SC',
  numberField: 'number',
  party: null,
  commands: {
    update: { from: ['draft'], permission: added('fire_drills:take') },
    begin: { from: ['draft'], permission: added('fire_drills:take') },
    recount: { from: ['counting'], permission: added('fire_drills:take') },
    close: { from: ['counting'], permission: added('fire_drills:close'), reason: 'required' },
  },
};

const nothing = () => Promise.resolve(() => null);

export const screens = documentScreens({
  kind: fireDrillKind,
  word: 'Fire drill',
  states: {
    draft: { label: 'To begin', tone: 'neutral' },
    counting: { label: 'Counting', tone: 'progress' },
    closed: { label: 'Counted', tone: 'good' },
  },
  routes: documentRoutes(
    fireDrillKind,
    {
      list: { title: 'Fire drills', load: nothing },
      create: { title: 'New fire drill', load: nothing },
      page: { title: 'Fire drill', load: nothing },
      edit: { title: 'Edit fire drill', load: nothing },
    },
    {},
  ),
  place: {
    area: 'stock',
    label: 'Fire drills',
    icon: IconListCheck,
    jump: 'n',
    create: 'New fire drill',
  },
});
