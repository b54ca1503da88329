import { contextBridge } from 'electron';
import type { AdminBridge } from '../ipc/contract.ts';
import { call, listen } from './bridge.ts';

const bridge: AdminBridge = {
  getConnection: () => call('connection:get'),
  auth: {
    getSession: () => call('auth:getSession'),
    onChange: (listener) => listen('auth:changed', listener),
  },
  app: { getVersion: () => call('app:getVersion') },
};

contextBridge.exposeInMainWorld('quartermaster', bridge);
