import { expect, it } from 'vitest';
import { hasDatabase, stackApps } from '../stack/apps.ts';
import { databaseStatements } from './databases.ts';

it('makes a database for every app that has one, owned by the role that migrates it and open to the one that runs it', () => {
  const sql = databaseStatements();
  for (const { database } of stackApps.filter(hasDatabase)) {
    expect(sql).toContainEqual(expect.stringMatching(`^CREATE DATABASE ${database} OWNER ${database}_owner `));
    expect(sql).toContain(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    expect(sql).toContainEqual(
      expect.stringMatching(`^GRANT CONNECT ON DATABASE ${database} TO ${database}_app, orders_auditor`),
    );
  }
});
