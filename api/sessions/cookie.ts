import { SESSION_SECONDS } from '../../db/users/sessions';

export const SESSION_COOKIE = 'conveyor_session';

/** The token of a session in a Cookie header; undefined when it carries none. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}

/** A Set-Cookie header: no script reads it, and no other site's form sends it. */
export function sessionCookie(token: string, isSecure: boolean): string {
  return cookie(token, SESSION_SECONDS, isSecure);
}

/** A Set-Cookie header that has the browser forget its session. */
export function noCookie(isSecure: boolean): string {
  return cookie('', 0, isSecure);
}

function cookie(value: string, seconds: number, isSecure: boolean): string {
  const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax'];
  if (isSecure) attributes.push('Secure');
  return [`${SESSION_COOKIE}=${value}`, ...attributes].join('; ');
}
