import type { ChangeEvent } from 'react';
import type { PartnerValues } from './form-values';

type TextName = {
  [Name in keyof PartnerValues]: string extends PartnerValues[Name] ? Name : never;
}[keyof PartnerValues];

export interface FieldProps {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  readonly error: string | undefined;
}

/** The form of a partner, as the groups of its fields see it. */
export interface Form {
  readonly values: PartnerValues;
  readonly set: (changes: Partial<PartnerValues>) => void;
  /** What a field of text needs; `pointer`: where the API finds it in what is sent. */
  readonly text: (name: TextName, pointer: string) => FieldProps;
  readonly faultAt: (pointer: string) => string | undefined;
}
