// Every export of this file is registered as a workflow: it exports nothing else.
export { floor } from './floor';
