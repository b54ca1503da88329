/** The folder in what was said of a removal (`Exported to …; it is deleted after …`); null when it says something else. */
export function exportFolderOf(message: string): string | null {
  return /^Exported to (.+); it is deleted after /.exec(message)?.[1] ?? null;
}
