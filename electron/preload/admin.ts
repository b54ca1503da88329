import { contextBridge } from 'electron';
import type { AdminBridge } from '../ipc/contract.ts';
import { call, listen } from './bridge.ts';

const bridge: AdminBridge = {
  getConnection: () => call('connection:get'),
  auth: {
    getSession: () => call('auth:getSession'),
    onChange: (listener) => listen('auth:changed', listener),
  },
  language: { get: () => call('language:get'), set: (language) => call('language:set', language) },
  app: { getVersion: () => call('app:getVersion') },
};

contextBridge.exposeInMainWorld('quartermaster', bridge);
