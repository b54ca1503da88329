import { Button } from '@mantine/core';
import { actionWords, type TenantActionName } from './tenant-actions.ts';

/** Asks for one of the actions on an organisation; red where it can do harm. */
export function TenantActionButton({
  action,
  onOpen,
}: {
  action: TenantActionName;
  onOpen: (action: TenantActionName) => void;
}) {
  const { danger, label } = actionWords[action];
  return (
    <Button
      variant={danger ? 'outline' : 'default'}
      {...(danger ? { color: 'red' } : {})}
      onClick={() => {
        onOpen(action);
      }}
    >
      {label}
    </Button>
  );
}
