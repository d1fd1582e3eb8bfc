import { StatementUse } from '../services/access/statement-use';
import { Permissions, RolePermissions } from '../testkit/permissions';

/** For each role what it used, what it never used, and what it was denied. */
export function permissionTable(permissions: Permissions): string[] {
  return ['', ...permissions.byRole().flatMap(linesOf), ''];
}

function linesOf({ role, statements, denied }: RolePermissions): string[] {
  return [
    role,
    ...list('used', actions(statements, ({ used }) => used)),
    ...list('never used', actions(statements, ({ unused }) => unused)),
    ...list('denied', [...new Set(denied.map(({ action, resource }) => `${action} on ${resource}`))]),
  ];
}

/** Actions, and the statement to which they belong. */
function actions(statements: readonly StatementUse[], listed: (use: StatementUse) => readonly string[]): string[] {
  return statements.filter((use) => listed(use).length > 0).map((use) => `${listed(use).join(', ')}  (${use.statement})`);
}

const TITLE_WIDTH = 'never used'.length + 2;

function list(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(TITLE_WIDTH)}${line}`);
}
