/** The purpose of tokens that let a file be fetched. */
export const DOWNLOAD = 'download';

/** The file that a link is for, and the line of the order that it was bought with. */
export interface DownloadSubject {
  readonly order: string;
  readonly line: string;
  readonly file: string;
}

export function subjectOf({ order, line, file }: DownloadSubject): string {
  return JSON.stringify([order, line, file]);
}

export function readSubject(subject: string): DownloadSubject {
  const [order, line, file] = JSON.parse(subject) as [string, string, string];
  return { order, line, file };
}
