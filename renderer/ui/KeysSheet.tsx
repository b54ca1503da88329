import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import { KeyHint } from './KeyHint.tsx';
import classes from './KeysSheet.module.css';

export type Keys = readonly (readonly [keys: string, what: string])[];

/** All keys of a window on one sheet, in groups. */
export function KeysSheet({
  groups,
  opened = true,
  onClose,
}: {
  groups: readonly { title: string; keys: Keys }[];
  opened?: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={t`Keys`} size="lg">
      <div className={classes.sheet}>
        {groups.map(({ title, keys }) => (
          <section key={title} className={classes.group}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <KeyHint keys={key} />
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
