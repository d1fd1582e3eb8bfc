import { Permissions, RolePermissions } from '../testkit/permissions';

/** For each role what it used, what it never used, and what it was denied. */
export function permissionTable(permissions: Permissions): string[] {
  return ['', ...permissions.byRole().flatMap(linesOf), ''];
}

function linesOf({ role, used, unused, denied }: RolePermissions): string[] {
  const list = (title: string, lines: readonly string[]) => lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(WIDTH)}${line}`);
  return [
    role,
    ...list('used', used),
    ...list('never used', unused),
    ...list('denied', [...new Set(denied.map(({ action, resource }) => `${action} on ${resource}`))]),
  ];
}

const WIDTH = 'never used'.length + 2;
