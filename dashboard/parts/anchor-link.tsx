import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Props = AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>;

function PlainAnchor(props: Props) {
  return <Anchor {...props} />;
}

/** A link to another page of the dashboard, its address typed. */
export const AnchorLink = createLink(PlainAnchor);
