export const PERMISSION_MODES = ['enforce', 'warn', 'off'] as const;

/** What becomes of a call that no policy allows: it is denied, it is reported and carried out, or it is not checked. */
export type PermissionMode = (typeof PERMISSION_MODES)[number];

export function isPermissionMode(text: string): text is PermissionMode {
  return PERMISSION_MODES.includes(text as PermissionMode);
}
