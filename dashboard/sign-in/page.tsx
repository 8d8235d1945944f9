import { Page } from '../parts/page';

export function SignInPage() {
  return <Page title="Sign in">{null}</Page>;
}
