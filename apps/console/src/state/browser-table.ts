/** One table of IndexedDB, opened for one act at a time. */
export function tableOf(database: string, keyPath: string) {
  return <T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open(database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath });
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(TABLE, mode);
        const asking = act(transaction.objectStore(TABLE));
        asking.onsuccess = () => resolve(asking.result);
        asking.onerror = () => reject(asking.error);
        transaction.oncomplete = () => opening.result.close();
      };
    });
}

const TABLE = "rows";
