import type { DrawingName } from '../drawing-name.js';
import { dress, jacket, jeans, jumper, tshirt } from './apparel.js';
import { backpack, handbag, wallet } from './bags.js';
import { ball } from './ball.js';
import { bottle, sleepingBag, stove, tent } from './camp.js';
import { hairDryer, jar, perfume, pumpBottle, toothbrush } from './care.js';
import { coffeeMaker } from './coffee-maker.js';
import { clock, mirror } from './decor.js';
import { camera, drive, keyboard, mouse, powerBank } from './desk-gear.js';
import type { Drawing } from './drawing.js';
import { dumbbell } from './dumbbell.js';
import { boot, sneaker } from './footwear.js';
import { bed, chair, desk, shelf, sofa } from './furniture.js';
import { headTorch } from './head-torch.js';
import { kettle, knife, mug, pan } from './kitchen.js';
import { candle, pendant, tableLamp } from './lights.js';
import { bear, blocks, boardGame, puzzle, scooter } from './play.js';
import { racket } from './racket.js';
import { laptop, monitor, phone, tablet, watch } from './screens.js';
import { earbuds, headphones, microphone, speaker, turntable } from './sound.js';
import { bicycle, yogaMat } from './sport.js';

/** Every silhouette by its name. */
export const drawings: Readonly<Record<DrawingName, Drawing>> = {
  backpack,
  ball,
  bear,
  bed,
  bicycle,
  blocks,
  boardGame,
  boot,
  bottle,
  camera,
  candle,
  chair,
  clock,
  coffeeMaker,
  desk,
  dress,
  drive,
  dumbbell,
  earbuds,
  hairDryer,
  handbag,
  headTorch,
  headphones,
  jacket,
  jar,
  jeans,
  jumper,
  kettle,
  keyboard,
  knife,
  laptop,
  microphone,
  mirror,
  monitor,
  mouse,
  mug,
  pan,
  pendant,
  perfume,
  phone,
  powerBank,
  pumpBottle,
  puzzle,
  racket,
  scooter,
  shelf,
  sleepingBag,
  sneaker,
  sofa,
  speaker,
  stove,
  tableLamp,
  tablet,
  tent,
  toothbrush,
  tshirt,
  turntable,
  wallet,
  watch,
  yogaMat,
};
