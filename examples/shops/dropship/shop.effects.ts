import { callingAt } from './calling';
import { partners } from './partners';

export default callingAt(partners);
