import { t } from '@lingui/core/macro';
import '@mantine/spotlight/styles.css';
import classes from './Palette.module.css';
import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { IconArrowRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { hasWords } from '../../../server/ground/search-key.contract.ts';
import { foundStateWords } from '../../domains/found-words.ts';
import { kindWord } from '../../domains/kind-words.ts';
import { useAbility } from '../../lib/ability.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { pathOf } from '../../lib/kinds.ts';
import { openInNewWindow } from '../../lib/new-window.ts';
import { newPath, paths } from '../../lib/paths.ts';
import { useMe, useServices, useTRPC } from '../../lib/services.tsx';
import { useNavigation } from './use-navigation.ts';
import { openAdmin } from './UserMenu.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';

const [paletteStore, palette] = createSpotlight();

interface Command {
  id: string;
  label: string;
  hint?: string;
  icon: 'go' | 'new';
  /** A screen, or an action. */
  does: string | (() => void);
}

/** Ctrl+K: records by their number or name, screens, and what can be started. With Ctrl they open beside this screen. */
export function Palette({
  text,
  onText,
  onClose,
}: {
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}) {
  const [asked] = useDebouncedValue(text.trim(), 140);
  const trpc = useTRPC();
  const me = useMe();
  const history = useAppHistory();
  const commands = useCommands();
  const found = useQuery(
    trpc.reports.find.queryOptions(
      { text: asked, limit: 5 },
      { enabled: asked !== '' && me.tenant !== null },
    ),
  );

  useEffect(() => {
    palette.open();
  }, []);

  const shownCommands = commands.filter((command) => hasWords(command.label, text));
  // Only what was found for the very text that is there: what Enter opens belongs to it.
  const isAsked = asked === text.trim();
  const results = isAsked && asked !== '' ? (found.data ?? []) : [];
  const isSearching = text.trim() !== '' && me.tenant !== null && (!isAsked || found.isPending);

  const shown = [...results, ...shownCommands].map(({ id }) => id).join(' ');
  useEffect(selectFirst, [shown]);

  function open(does: Command['does'], beside: boolean) {
    if (typeof does !== 'string') does();
    else if (beside) openInNewWindow(does);
    else history.push(does);
  }

  /** Whether Ctrl was held down with Enter: the spotlight presses the chosen row without saying so. */
  const enteredBeside = useRef(false);
  const onPress = (does: Command['does']) => (event: MouseEvent) => {
    const byKey = event.detail === 0;
    open(does, byKey ? enteredBeside.current : event.ctrlKey || event.metaKey);
  };

  /** The text that Enter was pressed for before its answer was here. */
  const entered = useRef<string | null>(null);
  useEffect(() => {
    if (isSearching || entered.current === null) return;
    const isMeant = entered.current === text;
    entered.current = null;
    const [best] = results;
    if (!isMeant || !best) return;
    palette.close();
    open(pathOf(best.kind, best.id) ?? paths.overview, enteredBeside.current);
  });

  function onKeyDown(event: KeyboardEvent) {
    const isEnter = event.key === 'Enter' && !event.nativeEvent.isComposing;
    if (isEnter) enteredBeside.current = event.ctrlKey || event.metaKey;
    entered.current = isEnter && isSearching && shownCommands.length === 0 ? text : null;
  }

  return (
    <Spotlight.Root
      store={paletteStore}
      query={text}
      onQueryChange={onText}
      onSpotlightClose={onClose}
      shortcut={null}
      size={620}
      centered={false}
      yOffset="12vh"
      scrollable
      attributes={{ content: { 'aria-label': t`Find or do` } }}
      maxHeight={440}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      classNames={{ actionsGroup: classes.group ?? '', action: classes.action ?? '' }}
    >
      <Spotlight.Search
        placeholder={t`Number, name, SKU, or what you want to do`}
        leftSection={<IconSearch size={18} />}
        onKeyDown={onKeyDown}
      />
      <Spotlight.ActionsList>
        {results.length > 0 ? (
          <Spotlight.ActionsGroup label={t`Records`}>
            {results.map((result) => (
              <Spotlight.Action
                key={result.id}
                onClick={onPress(pathOf(result.kind, result.id) ?? paths.overview)}
              >
                <Row
                  title={result.title}
                  detail={[result.detail, foundStateWords(result)].filter(Boolean).join(' · ')}
                  kind={kindWord(result.kind)}
                />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {shownCommands.length > 0 ? (
          <Spotlight.ActionsGroup label={t`Go and do`}>
            {shownCommands.map((command) => (
              <Spotlight.Action key={command.id} onClick={onPress(command.does)}>
                {command.icon === 'new' ? <IconPlus size={15} /> : <IconArrowRight size={15} />}
                <Row title={command.label} detail="" kind={command.hint ?? ''} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {results.length === 0 && shownCommands.length === 0 ? (
          <Spotlight.Empty>
            {isSearching
              ? t`Searching…`
              : found.error
                ? wordsOf(found.error).title
                : t`Nothing found for “${text.trim()}”`}
          </Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** The best hit is chosen already; the spotlight does so for each key, but not for an answer that comes later. */
function selectFirst() {
  const { listId } = paletteStore.getState();
  const actions = document.querySelectorAll(`[id="${listId}"] [data-action]`);
  for (const [index, action] of actions.entries()) action.toggleAttribute('data-selected', index === 0);
  paletteStore.updateState((state) => ({ ...state, selected: actions.length > 0 ? 0 : -1 }));
}

function Row({ title, detail, kind }: { title: string; detail: string; kind: string }) {
  return (
    <span className={classes.row}>
      <Text size="sm" component="span">
        {title}
      </Text>
      <Text size="xs" component="span" c="dimmed" truncate flex={1}>
        {detail}
      </Text>
      <Text size="xs" component="span" c="dimmed">
        {kind}
      </Text>
    </span>
  );
}

function useCommands(): Command[] {
  const groups = useNavigation();
  const ability = useAbility();
  const me = useMe();
  const { session } = useServices();
  return useMemo(() => {
    const items = groups.flatMap((group) => group.items);
    return [
      ...items.flatMap((item) =>
        item.create && ability.can(item.create.permission)
          ? [
              {
                id: `new ${item.path}`,
                label: item.create.label,
                icon: 'new' as const,
                does: newPath(item.path),
              },
            ]
          : [],
      ),
      ...items.map((item) => ({
        id: `go ${item.path}`,
        label: t`Go to ${item.label}`,
        hint: `g ${item.jump}`,
        icon: 'go' as const,
        does: item.path,
      })),
      { id: 'sessions', label: t`Sign-in and sessions`, icon: 'go', does: paths.sessions },
      ...(me.isOperator
        ? [{ id: 'admin', label: t`Platform administration`, icon: 'go' as const, does: openAdmin }]
        : []),
      { id: 'sign-out', label: t`Sign out`, icon: 'go', does: () => void session.signOut() },
    ];
  }, [groups, ability, me.isOperator, session]);
}
