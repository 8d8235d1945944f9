import shop from '../../machines/shop';

export default { ...shop, undo: { 'take-payment': { seconds: 2 }, cancel: { hours: 1 } } };
