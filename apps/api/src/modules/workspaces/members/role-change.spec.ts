import { expect, it } from 'vitest';
import { workspaceRoles } from '#kernel';
import { refusalOf } from './role-change.js';

const every = workspaceRoles.flatMap((own) =>
  workspaceRoles.flatMap((from) => workspaceRoles.map((to) => ({ own, from, to }))),
);
const rank = (role: (typeof workspaceRoles)[number]) => workspaceRoles.indexOf(role);

it('lets nobody touch a member who ranks above them', () => {
  const above = every.filter(({ own, from }) => rank(from) < rank(own));
  expect(new Set(above.map((change) => refusalOf({ ...change, owners: 2 })?.code))).toEqual(
    new Set(['member.outranked']),
  );
});

it('lets nobody grant their own rank or a higher one', () => {
  const granted = every.filter((change) => refusalOf({ ...change, owners: 2 }) === null);
  expect(granted.filter(({ own, to }) => rank(to) <= rank(own))).toEqual([]);
  expect(granted.length).toBeGreaterThan(0);
});

it('keeps the last owner, also from stepping down', () => {
  const change = { own: 'OWNER', from: 'OWNER', to: 'ADMIN' } as const;
  expect(refusalOf({ ...change, owners: 1 })?.code).toBe('member.last_owner');
  expect(refusalOf({ ...change, owners: 2 })).toBeNull();
});
