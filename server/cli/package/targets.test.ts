import { expect, it } from 'vitest';
import { elsewhere, planTargets } from './targets.ts';

const closed = {
  platform: 'linux' as const,
  environment: {},
  toolsReachable: false,
  debTool: '/repo/fpm-over-dpkg-deb.mjs',
};

it('on a closed Linux makes the archive and the deb, and says why there is no AppImage', () => {
  const plan = planTargets({
    ...closed,
    find: (program) => `/usr/bin/${program}`.replace(/.*fpm$/, '') || undefined,
  });
  expect(plan.targets).toEqual([
    { name: 'tar.gz' },
    { name: 'deb' },
    { name: 'AppImage', obstacle: 'its tools come from GitHub, which cannot be reached' },
  ]);
  expect(plan.environment).toMatchObject({
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    CUSTOM_FPM_PATH: '/repo/fpm-over-dpkg-deb.mjs',
  });
});

it('without any tool names what is missing', () => {
  const { targets } = planTargets({ ...closed, find: () => undefined });
  expect(targets.every(({ obstacle }) => obstacle)).toBe(true);
});

it('with GitHub in reach leaves the tools to electron-builder', () => {
  const plan = planTargets({ ...closed, toolsReachable: true, find: () => undefined });
  expect(plan.targets.every(({ obstacle }) => obstacle === undefined)).toBe(true);
  expect(Object.keys(plan.environment)).toEqual(['ELECTRON_BUILDER_COMPRESSION_LEVEL']);
});

it('never pretends to make another platform’s packages', () => {
  expect(
    planTargets({ ...closed, platform: 'darwin', find: () => undefined }).targets.map(({ name }) => name),
  ).toEqual(['dmg', 'zip']);
  expect(elsewhere('linux').map(({ name }) => name)).toEqual(['NSIS installer and MSI', 'dmg and zip']);
});
