import { type Move, done, goOn, ifOpen, inTurn, refused, tell, undo } from './moves.js';
import type { StockReport } from './order-command.js';
import { hasLeft } from './order-status.js';

/** What follows from what inventory reports. */
export function decideStock(report: StockReport): Move {
  switch (report.type) {
    case 'ReportStockReserved':
      return ifOpen('RESERVE_STOCK', inTurn(done('RESERVE_STOCK'), tell({ type: 'StockReserved' }), goOn));
    case 'ReportStockRefused': {
      const { variantId, requested, available } = report;
      const failure = { code: 'OUT_OF_STOCK', variantId, requested, available } as const;
      return inTurn(
        ifOpen(
          'RESERVE_STOCK',
          inTurn(
            refused('RESERVE_STOCK', `${available} of ${requested} units of ${variantId} are available.`),
            tell({ type: 'StockRefused' }),
            undo({ type: 'OrderFailed', failure }),
          ),
        ),
        // The order was called off before this was known: nothing is held.
        ifOpen('RELEASE_STOCK', done('RELEASE_STOCK')),
      );
    }
    case 'ReportStockExpired':
      // A placed order hears of it from the answer to its commit, which may still have come in time.
      return (situation) =>
        situation.order.status === 'PENDING'
          ? undo({ type: 'OrderFailed', failure: { code: 'TIMED_OUT' } })(situation)
          : [];
    case 'ReportStockCommitted':
      return ifOpen('COMMIT_STOCK', inTurn(done('COMMIT_STOCK'), goOn));
    case 'ReportCommitRefused':
      return ifOpen(
        'COMMIT_STOCK',
        inTurn(refused('COMMIT_STOCK', report.reason), (situation) =>
          hasLeft(situation.order.status) ? [] : couldNotBeKept(situation),
        ),
      );
    case 'ReportStockReleased':
      return ifOpen('RELEASE_STOCK', done('RELEASE_STOCK'));
  }
}

const couldNotBeKept = undo({
  type: 'OrderCancelled',
  reason: 'An item could not be kept for you, so the order was cancelled and your payment given back.',
});
