import { useParams } from '@tanstack/react-router';

/** The `$id` of the screen's address. */
export function useRecordId(): string {
  const params: { id?: string } = useParams({ strict: false });
  return params.id ?? '';
}
