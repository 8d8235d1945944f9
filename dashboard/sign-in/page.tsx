import { getRouteApi, useLocation } from '@tanstack/react-router';
import { LinkEntry } from './link-entry';
import { PasswordEntry } from './password-entry';

const route = getRouteApi('/sign-in');

/** The door: by e-mail and password, or by a link whose token stands behind the # of the address. */
export function SignInPage() {
  const { to } = route.useSearch();
  const link = useLocation({ select: ({ hash }) => new URLSearchParams(hash).get('link') });
  return link === null ? <PasswordEntry to={to} /> : <LinkEntry link={link} />;
}
