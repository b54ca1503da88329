import { contextBridge } from 'electron';
import type { DesktopBridge } from '../ipc/contract.ts';
import { call, listen } from './bridge.ts';

const bridge: DesktopBridge = {
  getConnection: () => call('connection:get'),
  findConnection: (address) => call('connection:find', address),
  setConnection: (connection) => call('connection:set', connection),
  auth: {
    signIn: (email, password) => call('auth:signIn', email, password),
    verifyTotp: (factorId, code) => call('auth:verifyTotp', factorId, code),
    sendRecoveryCode: (email) => call('auth:sendRecoveryCode', email),
    verifyMailedCode: (email, token, mail) => call('auth:verifyMailedCode', email, token, mail),
    linkWaiting: () => call('auth:linkWaiting'),
    followLink: () => call('auth:followLink'),
    dropLink: () => call('auth:dropLink'),
    onLink: (listener) => listen('auth:link', () => listener()),
    sendReauthenticationCode: () => call('auth:sendReauthenticationCode'),
    changePassword: (newPassword, proof) => call('auth:changePassword', newPassword, proof),
    enrolTotp: (name) => call('auth:enrolTotp', name),
    listTotp: () => call('auth:listTotp'),
    removeTotp: (factorId) => call('auth:removeTotp', factorId),
    getSession: () => call('auth:getSession'),
    refreshSession: () => call('auth:refreshSession'),
    signOut: (scope) => call('auth:signOut', scope),
    onChange: (listener) => listen('auth:changed', listener),
  },
  windows: {
    openAdmin: () => call('windows:openAdmin'),
    openInNewWindow: (path) => call('windows:openInNewWindow', path),
  },
  app: {
    getVersion: () => call('app:getVersion'),
    onUpdate: (listener) => {
      void call('app:getUpdate').then(listener, () => undefined);
      return listen('app:update', listener);
    },
    checkForUpdates: (needed) => call('app:checkForUpdates', needed),
    setUpdateDeferral: (deferral) => void call('app:setUpdateDeferral', deferral),
    started: () => void call('app:started'),
    installUpdate: () => call('app:installUpdate'),
    setWorkUnderWay: (underWay) => void call('app:setWorkUnderWay', underWay),
    setUnsavedWork: (unsaved) => void call('app:setUnsavedWork', unsaved),
  },
  language: { get: () => call('language:get'), set: (language) => call('language:set', language) },
  theme: { set: (scheme) => call('theme:set', scheme) },
  zoom: { set: (factor) => call('zoom:set', factor), get: () => call('zoom:get') },
};

contextBridge.exposeInMainWorld('quartermaster', bridge);
