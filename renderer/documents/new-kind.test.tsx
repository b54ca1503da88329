import { TextInput } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { TRPCClientError } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { possibleIn } from '../../server/documents/document-kind.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { personWith, routerAt, SignedInWindow } from '../lib/testing/signed-in.tsx';
import { documentActions, type DocumentAction } from './document-commands.ts';
import type { DocumentEditor } from './document-editor.ts';
import { DocumentHistory } from './DocumentHistory.tsx';
import { documentRoutes } from './document-routes.ts';
import { DocumentPage } from './DocumentPage.tsx';
import { EditDocument } from './EditDocument.tsx';
import { NewDocument } from './NewDocument.tsx';
import { added, fireDrillKind as kind, type Command, type Status } from './testing/fire-drills.ts';

/**
 * A kind of document that the product does not have, as somebody would add it: a fire drill, without a party,
 * prices or lines. Everything of its screens is here; what else they can do, every kind gets.
 */
interface Count {
  id: string;
  version: number;
  number: string;
  status: Status;
  possible: Command[];
  place: string;
  remark: string;
}
interface Values extends Record<string, unknown> {
  place: string;
  remark: string;
}
const count = (status: Status, changes: Partial<Count> = {}): Count => ({
  id: '01890000-0000-7000-8000-000000000001',
  version: 3,
  number: 'SC/26-27/00001',
  status,
  possible: possibleIn(kind, status),
  place: 'Aisle 4',
  remark: '',
  ...changes,
});

const inputSchema = z.strictObject({
  id: z.uuid(),
  version: z.int().optional(),
  place: z.string().min(1),
  remark: z.string(),
});
type Input = z.output<typeof inputSchema>;

const editor: DocumentEditor<Values, Count> = {
  kind,
  words: { list: 'Fire drills', create: 'New fire drill' },
  numberOf: ({ number }) => number,
  empty: () => ({ place: '', remark: '' }),
  valuesOf: ({ place, remark }) => ({ place, remark }),
  inputOf: (values) => values,
  fieldPath: (path) => path,
  labels: { place: 'Place', remark: 'Remark' },
  Fields: ({ form }) => (
    <>
      <TextInput label="Place" {...form.getInputProps('place')} />
      <TextInput label="Remark" {...form.getInputProps('remark')} />
    </>
  ),
  Summary: ({ values }) => <output>{values.place}</output>,
};

const sent: Input[] = [];
let answer: (input: Input) => Promise<Count> = () => Promise.resolve(count('draft'));
const save = (input: Input) => {
  sent.push(input);
  return answer(input);
};
let router = routerAt('/fire-drills');
const me = personWith([added('fire_drills:read'), added('fire_drills:take')]);
const open = (children: React.ReactNode, person = me) =>
  render(
    <SignedInWindow me={person} router={router}>
      {children}
    </SignedInWindow>,
  );
const openNew = () => open(<NewDocument editor={editor} schema={inputSchema} create={save} />);
const openDraft = (document = count('draft')) =>
  open(
    <EditDocument
      editor={editor}
      query={{ data: document, error: null, isPending: false, refetch: () => Promise.resolve() }}
      schema={inputSchema}
      update={save}
    />,
  );
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const kept = () => Object.keys(localStorage).map((key) => localStorage.getItem(key) ?? '');

/** What a server refuses with, as the client throws it. */
const refusal = (data: object) =>
  TRPCClientError.from({
    error: { message: 'Refused', code: -32000, data: { httpStatus: 409, ...data } },
  } as never);

beforeEach(() => {
  localStorage.clear();
  sent.length = 0;
  router = routerAt('/fire-drills/new');
  answer = () => Promise.resolve(count('draft'));
});
afterEach(cleanup);

describe('the form of a new kind of document', () => {
  it('sends what was typed with an id of its own, and goes on to the document', async () => {
    openNew();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('New fire drill');
    type('Place', 'Aisle 4');
    press('Save draft');
    await waitFor(() => {
      expect(router.history.location.pathname).toBe('/fire-drills/01890000-0000-7000-8000-000000000001');
    });
    expect(sent).toEqual([{ id: expect.any(String) as string, place: 'Aisle 4', remark: '' }]);
  });

  it('keeps what was typed through a restart, and forgets it once it is saved', async () => {
    openNew();
    type('Place', 'Aisle 9');
    await waitFor(() => {
      expect(kept().join()).toContain('Aisle 9');
    });
    expect(Object.keys(localStorage)).toEqual(['qm-draft:u1:t1:fire-drill:new']);
    cleanup();
    openNew();
    expect(field('Place').value).toBe('Aisle 9');
    expect(screen.getByText(/Restored what you typed/)).toBeDefined();
    press('Save draft');
    await waitFor(() => {
      expect(kept()).toEqual([]);
    });
  });

  it('is checked by the server’s own rules before anything is sent', async () => {
    openNew();
    type('Remark', 'urgent');
    press('Save draft');
    expect(field('Place').getAttribute('aria-invalid')).toBe('true');
    await waitFor(() => {
      expect(document.activeElement).toBe(field('Place'));
    });
    expect(sent).toEqual([]);
  });
});

describe('the form of a draft', () => {
  it('is sent with the version that it was based on', async () => {
    openDraft();
    type('Remark', 'top shelf too');
    press('Save draft');
    await waitFor(() => {
      expect(sent).toEqual([
        { ...editor.valuesOf(count('draft')), id: count('draft').id, version: 3, remark: 'top shelf too' },
      ]);
    });
  });

  it('shows both versions when somebody was faster, and saves what was chosen of each', async () => {
    const theirs = count('draft', { version: 4, place: 'Aisle 5', remark: 'theirs' });
    answer = (input) =>
      input.version === 3
        ? Promise.reject(refusal({ code: 'CONFLICT', current: theirs }))
        : Promise.resolve(theirs);
    openDraft();
    type('Remark', 'mine');
    press('Save draft');
    const versions = within(await screen.findByRole('table', { name: 'Both versions' }));
    expect(versions.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'FieldYoursSaved meanwhile',
      'PlaceAisle 4Aisle 5',
      'Remarkminetheirs',
    ]);
    press('Save this choice');
    await waitFor(() => {
      expect(sent.at(-1)).toEqual({ id: theirs.id, version: 4, place: 'Aisle 5', remark: 'mine' });
    });
  });

  it('puts a refusal at the field it is about', async () => {
    answer = () =>
      Promise.reject(
        refusal({ code: 'INVALID', fields: [{ path: 'place', message: 'Nobody knows this place' }] }),
      );
    openDraft();
    type('Place', 'Attic');
    press('Save draft');
    expect(await screen.findByText('Nobody knows this place')).toBeDefined();
    await waitFor(() => {
      expect(document.activeElement).toBe(field('Place'));
    });
    expect(field('Place').value).toBe('Attic');
  });

  it('is not opened for a document that its state no longer lets be edited', () => {
    openDraft(count('closed'));
    expect(screen.getByText('SC/26-27/00001 can no longer be edited')).toBeDefined();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});

const reasons: string[] = [];
const actionsOf = (document: Count, granted: readonly Permission[]): DocumentAction[] =>
  documentActions(kind, document, (permission) => granted.includes(permission), {
    update: { label: 'Edit', place: 'default', to: '/edit' },
    begin: {
      label: 'Begin',
      place: 'primary',
      issue: () => Promise.resolve('SC/26-27/00007'),
      done: 'Count begun',
    },
    recount: null,
    close: {
      label: 'Close count',
      place: 'primary',
      ask: { title: 'Close it', text: 'It is over.' },
      send: (reason) => {
        reasons.push(reason);
        return Promise.resolve();
      },
    },
  });

function CountPage({ document, granted }: { document: Count; granted: readonly Permission[] }) {
  return (
    <DocumentPage
      kind={kind}
      list="Fire drills"
      number={document.number}
      state={{ label: document.status, tone: 'neutral' }}
      actions={actionsOf(document, granted)}
      facts={[{ label: 'Place', value: document.place }]}
      lines={null}
      remarks={{ label: 'Remark', text: document.remark }}
      totals={null}
      progress={null}
      history={
        <DocumentHistory
          query={{
            error: null,
            data: [
              { id: '1', at: '2026-05-04T04:00:00.000Z', actor: 'Bina Rao', action: 'create', changes: {} },
              {
                id: '2',
                at: '2026-05-09T04:00:00.000Z',
                actor: 'Arun Nair',
                action: 'close',
                changes: {
                  status: { before: 'counting', after: 'closed' },
                  statusReason: { before: null, after: 'All counted' },
                },
              },
            ],
          }}
          states={{ closed: { label: 'Closed', tone: 'neutral' } }}
          own={{}}
        />
      }
    />
  );
}

describe('the page of a new kind of document', () => {
  const everything: readonly Permission[] = ['read', 'take', 'close'].map((right) =>
    added(`fire_drills:${right}`),
  );

  it('offers what its state and the reader’s permissions allow, and nothing else', () => {
    const labels = (status: Status, granted: readonly Permission[]) =>
      actionsOf(count(status), granted).map(({ label }) => label);
    expect(labels('draft', everything)).toEqual(['Edit', 'Begin']);
    expect(labels('counting', everything)).toEqual(['Close count']);
    expect(labels('counting', [added('fire_drills:take')])).toEqual([]);
    expect(labels('closed', everything)).toEqual([]);
  });

  it('asks for the reason that the kind needs, and sends it', async () => {
    open(<CountPage document={count('counting')} granted={everything} />);
    press('Close count');
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByRole('textbox', { name: /Reason/ }), { target: { value: 'Flooded' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Close count' }));
    await waitFor(() => {
      expect(reasons).toEqual(['Flooded']);
    });
  });

  it('says the number that a draft has got by a command, not what it was called until then', async () => {
    open(
      <>
        <Notifications />
        <CountPage document={count('draft', { number: 'DRAFT-K7Q2MX' })} granted={everything} />
      </>,
    );
    press('Begin');
    const title = await screen.findByText('Count begun');
    expect(within(title.parentElement!).getByText('SC/26-27/00007')).toBeDefined();
  });

  it('leads back to its list, and tells what happened, the newest first', () => {
    open(<CountPage document={count('closed')} granted={everything} />);
    const back = screen.getByRole('link', { name: 'Fire drills' });
    expect(back.getAttribute('href')).toContain('/fire-drills');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Closed.*Arun Nair.*All counted$/),
      expect.stringMatching(/^Draft written.*Bina Rao/),
    ]);
  });

  it('has its screens under its path, each with the permission its kind names', () => {
    const screenOf = (title: string) => ({ title, load: () => Promise.reject(new Error('not opened here')) });
    const routes = documentRoutes(
      kind,
      { list: screenOf('List'), create: screenOf('New'), page: screenOf('One'), edit: screenOf('Edit') },
      { close: screenOf('Close') },
    );
    expect(routes.map(({ path, permission }) => [path, permission])).toEqual([
      ['/fire-drills', 'fire_drills:read'],
      ['/fire-drills/new', 'fire_drills:take'],
      ['/fire-drills/$id', 'fire_drills:read'],
      ['/fire-drills/$id/edit', 'fire_drills:take'],
      ['/fire-drills/$id/close', 'fire_drills:close'],
    ]);
  });
});
