// The name of a file that is handed in: CODE-holds.csv, as hipbook/classroom/cohort_logs.py looks for it.

/** A code of the log (hipbook/progress/tables.py) that every file system takes in a name, too: no ":" and no "~". */
const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/**
 * @param {string} typed
 * @returns {string | null}  null: it is no code
 */
export function codeFrom(typed) {
  const code = typed.trim();
  return CODE.test(code) ? code : null;
}

/** @param {string} code @param {{file: string}} table */
export const fileName = (code, { file }) => `${code}-${file}`;
