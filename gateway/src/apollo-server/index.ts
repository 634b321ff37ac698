export { soukGateway, type SoukGateway, type SoukGatewayOptions } from './souk-gateway.js';
