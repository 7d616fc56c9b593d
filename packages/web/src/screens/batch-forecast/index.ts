export { ForecastPanel } from './ForecastPanel.tsx'
