import { expect, it } from 'vitest';
import { findInstallation } from './installation.ts';
import type { Surroundings } from './installation.ts';

const folder: Surroundings = {
  version: '1.0.0',
  platform: 'linux',
  arch: 'x64',
  execPath: '/home/asha/Quartermaster/quartermaster',
  appImage: undefined,
  exists: () => false,
  isWritable: (file) => file.startsWith('/home/asha'),
};
const kindOf = (more: Partial<Surroundings>) => {
  const found = findInstallation({ ...folder, ...more }, 'stable');
  return 'managedBy' in found ? `by ${found.managedBy}` : found.installation.kind;
};
const has = (...files: string[]) => ({ exists: (file: string) => files.includes(file) });

it('a person’s own folder, AppImage or installation updates itself', () => {
  expect(kindOf({})).toBe('folder');
  expect(kindOf({ appImage: '/home/asha/Q.AppImage', ...has('/home/asha/Q.AppImage') })).toBe('appimage');
  const windows = 'C:\\Users\\Asha\\Quartermaster';
  const uninstaller = has(`${windows}\\Uninstall Quartermaster.exe`);
  expect(kindOf({ platform: 'win32', execPath: `${windows}\\Quartermaster.exe`, ...uninstaller })).toBe(
    'nsis',
  );
  expect(kindOf({ platform: 'darwin' })).toBe('mac');
});

it('what others installed is updated by them, and the app says who', () => {
  const opt = '/opt/Quartermaster';
  expect(kindOf({ execPath: `${opt}/quartermaster`, ...has(`${opt}/resources/package-type`) })).toMatch(
    /packageManager/,
  );
  expect(kindOf({ execPath: `${opt}/quartermaster` })).toMatch(/administrators/);
  expect(kindOf({ platform: 'win32', execPath: 'C:\\Program Files\\Q\\Quartermaster.exe' })).toMatch(
    /administrators/,
  );
  expect(kindOf({ appImage: '/srv/Q.AppImage', ...has('/srv/Q.AppImage') })).toMatch(/fileOwner/);
});
