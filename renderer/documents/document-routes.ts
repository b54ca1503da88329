import type { ComponentType } from 'react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { ScreenRoute } from '../lib/screen-routes.ts';
import { pathOf } from './document-editor.ts';

interface DocumentScreen {
  title: string;
  load: () => Promise<ComponentType>;
}

/** The four screens that every kind of document has, and those of its commands that have one, by the command's name. */
export function documentRoutes<Command extends string>(
  kind: DocumentKind<string, Command | 'update'>,
  screens: Readonly<Record<'list' | 'create' | 'page' | 'edit', DocumentScreen>>,
  ofCommands: Readonly<Partial<Record<NoInfer<Command>, DocumentScreen>>>,
): ScreenRoute[] {
  const list = pathOf(kind);
  const page = `${list}/$id`;
  const commands = Object.entries(ofCommands) as [Command, DocumentScreen][];
  return [
    { path: list, permission: kind.readWith, ...screens.list },
    { path: `${list}/new`, permission: kind.createWith, ...screens.create },
    { path: page, permission: kind.readWith, ...screens.page },
    { path: `${page}/edit`, permission: kind.commands.update.permission, ...screens.edit },
    ...commands.map(([command, screen]) => ({
      path: `${page}/${command}`,
      permission: kind.commands[command].permission,
      ...screen,
    })),
  ];
}
