/** Tables of rows: the first cell of a row that can be opened holds the button that opens it. */
import type { ReactNode } from "react";
import styles from "./controls.module.css";
import { LinkButton } from "./controls.tsx";

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
}

export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  selected,
  onOpen,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected?: string | undefined;
  readonly onOpen?: (row: Row) => void;
}) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={column.numeric ? styles.right : undefined}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} data-selected={keyOf(row) === selected}>
            {columns.map((column, index) => (
              <td key={column.name} className={column.numeric ? styles.right : undefined}>
                {index === 0 && onOpen !== undefined ? (
                  <LinkButton aria-current={keyOf(row) === selected ? "true" : undefined} onClick={() => onOpen(row)}>
                    {column.cell(row)}
                  </LinkButton>
                ) : (
                  column.cell(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
