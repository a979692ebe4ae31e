import { expect, it } from 'vitest';
import { stackApps } from '../stack/apps.ts';
import { databaseStatements } from './databases.ts';

it('makes a database for every app, owned by the role that migrates it and open to the one that runs it', () => {
  const sql = databaseStatements();
  for (const { database } of stackApps) {
    expect(sql).toContainEqual(expect.stringMatching(`^CREATE DATABASE ${database} OWNER ${database}_owner `));
    expect(sql).toContain(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    expect(sql).toContainEqual(
      expect.stringMatching(`^GRANT CONNECT ON DATABASE ${database} TO ${database}_app, orders_auditor`),
    );
  }
});
