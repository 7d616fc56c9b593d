export { BoardScreen, ProjectBoardScreen } from './BoardScreen.tsx'
