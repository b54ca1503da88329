/** On paper everything is dark on white, whatever colours the window has: lets every print of this window be so. */
export function printDarkOnWhite(): void {
  const { dataset } = document.documentElement;
  let shown: string | undefined;
  addEventListener('beforeprint', () => {
    shown ??= dataset.mantineColorScheme;
    dataset.mantineColorScheme = 'light';
  });
  addEventListener('afterprint', () => {
    if (shown !== undefined) dataset.mantineColorScheme = shown;
    shown = undefined;
  });
}
