import { describe, expect, it } from 'vitest';
import { makeSqliteFolder } from '../testing/sqlite-folder.ts';
import { openSqliteContents } from './sqlite-contents.ts';
import { describeContentsContract, linesOf, makeSqlitePlace } from './testing/contents-contract.ts';
import { fillStore } from './testing/fill-store.ts';

describeContentsContract('a file of SQLite', makeSqlitePlace);

describe('the file of SQLite', () => {
  it('must be there to be read, and is not made by that', async () => {
    const folder = await makeSqliteFolder();
    for (let tries = 0; tries < 2; tries += 1) {
      const missing = { code: 'RR_STORE_MISSING', place: folder.file };
      await expect(openSqliteContents(folder.dataDir, 'refuse')).rejects.toMatchObject(missing);
    }
    await folder.dispose();
  });

  it('is not read while an mgmt has it open', async () => {
    const folder = await makeSqliteFolder();
    await folder.open();
    await expect(openSqliteContents(folder.dataDir, 'refuse')).rejects.toMatchObject({ code: 'RR_STORE_LOCKED' });
    await folder.dispose();
  });

  it('is refused with the place of what makes no sense in it', async () => {
    const folder = await makeSqliteFolder();
    const store = await folder.open();
    await fillStore(store, []);
    await store.close();
    folder.tamper("UPDATE mesh SET record = '{}' WHERE name = 'shop'");
    const contents = await openSqliteContents(folder.dataDir, 'refuse');
    await expect(linesOf(contents)).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: 'mesh shop' });
    await contents.close();
    await folder.dispose();
  });
});
