export { DeliveriesScreen } from './DeliveriesScreen.tsx'
export { DeliveryScreen } from './DeliveryScreen.tsx'
