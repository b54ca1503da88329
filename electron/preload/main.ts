import { contextBridge } from 'electron';
import type { DesktopBridge } from '../ipc/contract.ts';
import { call, listen } from './bridge.ts';

const bridge: DesktopBridge = {
  getConnection: () => call('connection:get'),
  setConnection: (connection) => call('connection:set', connection),
  auth: {
    signIn: (email, password) => call('auth:signIn', email, password),
    verifyTotp: (factorId, code) => call('auth:verifyTotp', factorId, code),
    sendRecoveryCode: (email) => call('auth:sendRecoveryCode', email),
    verifyRecoveryCode: (email, token) => call('auth:verifyRecoveryCode', email, token),
    changePassword: (newPassword) => call('auth:changePassword', newPassword),
    enrolTotp: (name) => call('auth:enrolTotp', name),
    listTotp: () => call('auth:listTotp'),
    removeTotp: (factorId) => call('auth:removeTotp', factorId),
    getSession: () => call('auth:getSession'),
    signOut: (scope) => call('auth:signOut', scope),
    onChange: (listener) => listen('auth:changed', listener),
  },
  windows: {
    openAdmin: () => call('windows:openAdmin'),
    openInNewWindow: (path) => call('windows:openInNewWindow', path),
  },
  app: {
    getVersion: () => call('app:getVersion'),
    onUpdate: (listener) => listen('app:update', listener),
    installUpdate: () => call('app:installUpdate'),
    setUnsavedWork: (unsaved) => void call('app:setUnsavedWork', unsaved),
  },
  theme: { set: (scheme) => call('theme:set', scheme) },
  zoom: { set: (factor) => call('zoom:set', factor), get: () => call('zoom:get') },
};

contextBridge.exposeInMainWorld('quartermaster', bridge);
