export { differencesOf, isToBeAwake } from './compare';
export { sharedDifferences } from './shared';
