import net from 'node:net';
import { expect, test } from 'vitest';
import { portsFrom, refuseTakenPorts } from '../../server/local/ports.ts';
import { freePort } from '../../server/local/postgres.ts';
import { realServices } from '../../server/local/service-addresses.ts';

const real = {
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_ANON_KEY: 'anon',
  SUPABASE_SERVICE_ROLE_KEY: 'service',
  DATABASE_URL: 'postgresql://postgres@db:5432/postgres',
  QM_SECRET_KEY: 'x'.repeat(44),
};

test('without any of the four addresses the local default is used', () => {
  expect(realServices({}, 4870)).toBeUndefined();
  expect(realServices({ SUPABASE_URL: '  ' }, 4870)).toBeUndefined();
});

test('with all four the real ones are used', () => {
  expect(realServices(real, 4880)).toMatchObject({
    authUrl: 'https://project.supabase.co',
    apiUrl: 'http://127.0.0.1:4880',
    databaseUrl: real.DATABASE_URL,
  });
});

test('with a part of them one sentence names what is missing, and repeats no value', () => {
  const start = () => realServices({ ...real, SUPABASE_SERVICE_ROLE_KEY: '', DATABASE_URL: undefined }, 4870);
  expect(start).toThrow(
    /SUPABASE_URL and SUPABASE_ANON_KEY are set, but SUPABASE_SERVICE_ROLE_KEY and DATABASE_URL are missing/,
  );
  expect(start).not.toThrow(/project\.supabase\.co/);
});

test('a real installation needs its own secret key', () => {
  expect(() => realServices({ ...real, QM_SECRET_KEY: undefined }, 4870)).toThrow(/QM_SECRET_KEY/);
});

test('the ports are the documented ones unless the environment says otherwise', () => {
  expect(portsFrom({})).toEqual({ api: 4870, auth: 4871 });
  expect(portsFrom({ QM_API_PORT: '15410', QM_AUTH_PORT: '15411' })).toEqual({ api: 15410, auth: 15411 });
  expect(() => portsFrom({ QM_AUTH_PORT: 'https' })).toThrow(/QM_AUTH_PORT is "https"/);
});

test('a taken port is named together with the variable that changes it', async () => {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    await expect(refuseTakenPorts({ api: await freePort(), auth: port })).rejects.toThrow(
      new RegExp(`Port ${port} is in use by another program.*QM_AUTH_PORT=`),
    );
    await expect(refuseTakenPorts({ api: port })).rejects.toThrow(/QM_API_PORT=/);
  } finally {
    server.close();
  }
});
