import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { complaintsOf, hasBrowser, openBrowser } from '../support/browser.js';
import { DEMO_PASSWORD, adjustStock, signIn as staffOf } from '../support/people.js';
import { type Shop, startShop, temporaryFolder } from '../support/shop.js';

/** For a machine with much else to do, in milliseconds; a test has several such waits. */
const PATIENCE = { timeout: 60_000 };
const TEST = { timeout: 420_000 };
/** What is asked for again after pauses, at most a minute long, may take some of them. */
const THROUGH_RETRIES = { timeout: 120_000 };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

describe.skipIf(!hasBrowser)('the shop in a browser (needs Chromium)', TEST, () => {
  let shop: Shop;
  let browser: Browser;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const place = await temporaryFolder();
    remove = place.remove;
    // A parcel stays in the house for five minutes: nobody has to be faster than that.
    const environment = { SOUK_CARRIER_SPEED: '0.1' };
    [shop, browser] = await Promise.all([
      startShop({ dataDir: place.folder, products: 120, environment }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await remove();
  });

  /** Opens a browser window of its own, which closes with the test. */
  async function visit(): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    onTestFinished(() => context.close());
    context.setDefaultTimeout(PATIENCE.timeout);
    const page = await context.newPage();
    return { page, complaints: complaintsOf(page) };
  }

  async function signIn(page: Page, email: string, to: string): Promise<void> {
    await page.goto(`${shop.url}/login?to=${encodeURIComponent(to)}`);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByTestId('sign-in-submit').click();
    await page.waitForURL((url) => url.pathname === to, PATIENCE);
  }

  /** Opens a window in which staff are signed in and look at a page of the back office. */
  async function visitAsStaff(path: string): Promise<{ page: Page; complaints: string[] }> {
    const staff = await visit();
    await signIn(staff.page, 'staff@souk.test', path);
    return staff;
  }

  /** Puts a product of the home page into the cart and fills the checkout in. */
  async function fillCheckout(page: Page, { product = 0 } = {}): Promise<void> {
    await page.goto(shop.url);
    await page.locator('main a[href^="/p/"]').nth(product).click();
    await page.getByTestId('add-to-cart').click();
    await page.getByTestId('go-to-checkout').click();
    await page.getByLabel('E-mail address').fill('grace@example.test');
    await page.getByLabel('Full name').fill('Grace Hopper');
    await page.getByLabel('Street and house number').fill('1 Harbour Street');
    await page.getByLabel('Postal code').fill('20095');
    await page.getByLabel('City').fill('Hamburg');
  }

  /** @returns the order's id */
  async function placeOrder(page: Page): Promise<string> {
    await page.getByTestId('checkout-submit').first().click();
    await page.waitForURL(/\/orders\//, PATIENCE);
    return new URL(page.url()).pathname.split('/').at(-1) ?? '';
  }

  async function buyFirstProduct(page: Page): Promise<string> {
    await fillCheckout(page);
    return placeOrder(page);
  }

  const showsStatus = (page: Page, status: string) =>
    page.locator(`[data-testid="order-status"][data-status="${status}"]`).first().waitFor(PATIENCE);

  const sagaStep = (page: Page, step: string, status: string) =>
    page.locator(`[data-testid="saga-step"][data-step="${step}"][data-status="${status}"]`);

  const seesDrill = (page: Page, name: string, on: boolean) =>
    expect
      .poll(() => page.getByTestId(`drill-${name}`).getAttribute('aria-pressed'), PATIENCE)
      .toBe(String(on));

  /** The shop is the other tests', too: no drill outlives its test. */
  async function beginDrill(page: Page, name: string): Promise<void> {
    onTestFinished(endDrills);
    await page.getByTestId(`drill-${name}`).click(PATIENCE);
    await seesDrill(page, name, true);
  }

  /** By a second press. One of payments may end by itself just before that, and the press would begin it anew. */
  async function endShippingDrill(page: Page, drill: string): Promise<void> {
    await page.getByTestId(`drill-shipping-${drill}`).click(PATIENCE);
    await seesDrill(page, `shipping-${drill}`, false);
  }

  async function endDrills(): Promise<void> {
    await shop.ask(
      `mutation {
        setPaymentDrill(input: { mode: null }) { errors { message } }
        setShippingDrill(input: { drill: NONE }) { errors { message } }
      }`,
      {},
      await staffOf(shop, 'staff@souk.test'),
    );
  }

  /** The carrier's clock jumps: what is on its way arrives. */
  async function skipCarrierTime(): Promise<void> {
    const { data } = await shop.ask<{ skipCarrierTime: { errors: unknown[] } }>(
      'mutation { skipCarrierTime(input: { seconds: 31536000 }) { errors { message } } }',
      {},
      await staffOf(shop, 'staff@souk.test'),
    );
    expect(data.skipCarrierTime.errors).toEqual([]);
  }

  /** What axe finds on the page that keeps people out. */
  async function seriousProblems(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe: run } = globalThis as unknown as {
        axe: {
          run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
        };
      };
      const { violations } = await run.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
  }

  it('lets a guest buy, see the order move while staff moves it in another window, and send it back, without a reload', async () => {
    const guest = await visit();
    const orderId = await buyFirstProduct(guest.page);
    await showsStatus(guest.page, 'PAID');
    const picture = guest.page.locator('main img[src^="/img/p/"]').first();
    const width = () =>
      picture.evaluate((node) => (node as unknown as { naturalWidth: number }).naturalWidth);
    // It is fetched after the page has drawn it.
    await expect.poll(width, PATIENCE).toBeGreaterThan(0);
    await guest.page.evaluate(() => {
      (globalThis as { untouched?: boolean }).untouched = true;
    });

    const staff = await visitAsStaff(`/staff/orders/${orderId}`);
    await staff.page.getByTestId('transition-SHIPPED').waitFor(PATIENCE);
    expect(await seriousProblems(staff.page)).toEqual([]);
    for (const to of ['SHIPPED', 'COMPLETE']) {
      const before = await guest.page.getByTestId('timeline-entry').count();
      await staff.page.getByTestId(`transition-${to}`).click(PATIENCE);
      await showsStatus(guest.page, to);
      await expect
        .poll(() => guest.page.getByTestId('timeline-entry').count(), PATIENCE)
        .toBeGreaterThan(before);
    }
    await guest.page.getByTestId('return-order').click(PATIENCE);
    await guest.page.getByRole('alertdialog').getByRole('button', { name: 'Send it back' }).click(PATIENCE);
    await guest.page
      .locator('[data-testid="timeline-entry"][data-type="RETURN_REQUESTED"]')
      .waitFor(PATIENCE);
    expect(await guest.page.evaluate(() => (globalThis as { untouched?: boolean }).untouched)).toBe(true);
    expect(guest.complaints).toEqual([]);
    expect(staff.complaints).toEqual([]);
  });

  it("shows a guest's new order on the staff's board by itself", async () => {
    const staff = await visitAsStaff('/staff/orders');
    await staff.page.getByTestId('board-card').first().waitFor(PATIENCE);
    expect(await seriousProblems(staff.page)).toEqual([]);
    // Only then does it come by itself; what was bought before would be there from the beginning.
    await staff.page.locator('[data-testid="connection"][data-state="live"]').waitFor(PATIENCE);
    const guest = await visit();
    const orderId = await buyFirstProduct(guest.page);
    await staff.page
      .locator(
        `[data-testid="board-card"] a[href$="${orderId}"], a[data-testid="board-card"][href$="${orderId}"]`,
      )
      .first()
      .waitFor(PATIENCE);
  });

  it('shows staff how an order is carried out, and lets them look back in time', async () => {
    const guest = await visit();
    const orderId = await buyFirstProduct(guest.page);
    const { page, complaints } = await visitAsStaff(`/staff/sagas/${orderId}`);
    await sagaStep(page, 'CAPTURE_PAYMENT', 'DONE').waitFor(PATIENCE);
    await sagaStep(page, 'VOID_PAYMENT', 'WAITING').waitFor(PATIENCE);

    const told = page.getByTestId('event-log').locator('[data-type="payment.captured"]');
    await told.waitFor(PATIENCE);
    const stageIs = (stage: string) =>
      page.locator(`[data-testid="snapshot-stage"][data-stage="${stage}"]`).waitFor(PATIENCE);
    await stageIs('PAID');
    await page.getByTestId('time-slider').fill('0');
    await stageIs('RECEIVED');
    await told.click(PATIENCE);
    await expect.poll(() => page.getByTestId('as-of').innerText(), PATIENCE).toMatch(/captured/);
    expect(await seriousProblems(page)).toEqual([]);

    expect(complaints).toEqual([]);
  });

  it('leaves an order undecided while payments time out, and pays it by itself, once, when they are back', async () => {
    const staff = await visitAsStaff('/staff/sagas');
    await staff.page.getByTestId('saga-row').first().waitFor(PATIENCE);
    const guest = await visit();
    // A drill ends by itself after a minute: all that can be done before it begins is done.
    await fillCheckout(guest.page);
    await beginDrill(staff.page, 'payments-TIMEOUT');
    const orderId = await placeOrder(guest.page);
    await showsStatus(guest.page, 'PENDING');
    expect(await seriousProblems(staff.page)).toEqual([]);
    await endDrills();
    await seesDrill(staff.page, 'payments-TIMEOUT', false);

    await showsStatus(guest.page, 'PAID');
    const payment = guest.page.locator('[data-testid="payment"][data-status="CAPTURED"]');
    const total = await guest.page.getByTestId('order-total').innerText(PATIENCE);
    await expect.poll(() => payment.innerText(), PATIENCE).toMatch(`Charged\n${total}`);
    await staff.page.goto(`${shop.url}/staff/sagas/${orderId}`);
    await sagaStep(staff.page, 'CAPTURE_PAYMENT', 'DONE').waitFor(PATIENCE);
    expect(guest.complaints).toEqual([]);
    expect(staff.complaints).toEqual([]);
  });

  it('comes through a drill: no carrier, staff take the order back, the buyer sees the money return, the next one arrives', async () => {
    const staff = await visitAsStaff('/staff/sagas');
    const guest = await visit();
    await beginDrill(staff.page, 'shipping-CARRIER_AWAY');
    const orderId = await buyFirstProduct(guest.page);
    await staff.page.goto(`${shop.url}/staff/sagas/${orderId}`);
    const stepIs = (step: string, status: string) =>
      sagaStep(staff.page, step, status).waitFor(THROUGH_RETRIES);
    const booking = sagaStep(staff.page, 'SCHEDULE_SHIPMENT', 'ASKED');
    await expect
      .poll(() => booking.innerText().catch(() => ''), THROUGH_RETRIES)
      .toMatch(/\d+ tries\s+asks again \d\d:\d\d:\d\d/);

    await staff.page.getByTestId('saga-retry').click(PATIENCE);
    const askedAnew = staff.page.getByTestId('saga-history').locator('[data-type="RESTARTED"]');
    await expect
      .poll(() => askedAnew.allInnerTexts(), PATIENCE)
      .toEqual([expect.stringMatching(/Find a carrier\s+asked anew by staff/)]);

    await staff.page.getByTestId('saga-compensate').click(PATIENCE);
    await staff.page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Take everything back' })
      .click(PATIENCE);
    // The carrier may have heard of the parcel: nothing is given back before it says that it holds none.
    await stepIs('CANCEL_SHIPMENT', 'ASKED');
    await showsStatus(guest.page, 'PAID');
    await endShippingDrill(staff.page, 'CARRIER_AWAY');
    for (const step of ['CANCEL_SHIPMENT', 'VOID_PAYMENT', 'RELEASE_STOCK']) await stepIs(step, 'DONE');
    await staff.page
      .locator('[data-testid="saga-status"][data-status="COMPENSATED"]')
      .waitFor(THROUGH_RETRIES);
    expect(await seriousProblems(staff.page)).toEqual([]);

    await showsStatus(guest.page, 'CANCELLED');
    const payment = guest.page.locator('[data-testid="payment"][data-status="REFUNDED"]');
    await payment.waitFor(PATIENCE);
    expect(await payment.innerText()).toMatch(/Given back\s+€\d/);
    expect(await seriousProblems(guest.page)).toEqual([]);

    await buyFirstProduct(guest.page);
    await guest.page.getByTestId('tracking').waitFor(PATIENCE);
    expect(await guest.page.getByTestId('eta').innerText(PATIENCE)).toMatch(/^Expected .*\d/);
    await skipCarrierTime();
    await showsStatus(guest.page, 'COMPLETE');
    expect(guest.complaints).toEqual([]);
    expect(staff.complaints).toEqual([]);
  });

  it('comes through the death of shipping: the order page shows what it can, and the parcel goes out afterwards', async () => {
    const staff = await visitAsStaff('/staff/sagas');
    const guest = await visit();
    const orderId = await buyFirstProduct(guest.page);
    await guest.page.getByTestId('tracking').waitFor(PATIENCE);
    await beginDrill(staff.page, 'shipping-SHIPPING_DOWN');
    await guest.page.reload();
    await guest.page.locator('[data-testid="payment"][data-status="CAPTURED"]').waitFor(PATIENCE);
    const notice = guest.page.getByText('Some details cannot be shown right now.');
    await notice.waitFor(PATIENCE);
    expect(await guest.page.getByTestId('shipment').count()).toBe(0);
    expect(await seriousProblems(guest.page)).toEqual([]);
    expect(await seriousProblems(staff.page)).toEqual([]);

    await endShippingDrill(staff.page, 'SHIPPING_DOWN');
    await skipCarrierTime();
    await showsStatus(guest.page, 'COMPLETE');
    await guest.page.locator('[data-testid="shipment"][data-status="DELIVERED"]').waitFor(PATIENCE);
    await notice.waitFor({ ...PATIENCE, state: 'hidden' });
    await staff.page.goto(`${shop.url}/staff/sagas/${orderId}`);
    await sagaStep(staff.page, 'DELIVER', 'DONE').waitFor(PATIENCE);
    expect(guest.complaints).toEqual([]);
    expect(staff.complaints).toEqual([]);
  });

  it('shows an account what became of its money, and a shopper how many are left, as it changes', async () => {
    const { page, complaints } = await visit();
    await signIn(page, 'ada@souk.test', '/account/orders');
    await page.goto(shop.url);
    await page.locator('main a[href^="/p/"]').first().click();
    await page.getByTestId('stock').waitFor(PATIENCE);
    const staff = await staffOf(shop, 'staff@souk.test');
    const slug = new URL(page.url()).pathname.split('/').at(-1);
    const { data } = await shop.ask<{
      product: { variants: { id: string; stock: { available: number } }[] };
    }>('query ($slug: String!) { product(slug: $slug) { variants { id stock { available } } } }', { slug });
    const variant = data.product.variants.find(({ stock }) => stock.available > 0);
    if (!variant) throw new Error('the first product of the home page can be bought');
    await adjustStock(shop, variant.id, 3 - variant.stock.available, staff);
    await expect.poll(() => page.getByTestId('stock').innerText(), PATIENCE).toMatch(/Only 3 left/);
    expect(await seriousProblems(page)).toEqual([]);

    await page.getByTestId('add-to-cart').click();
    await page.getByTestId('go-to-checkout').click();
    await page.getByTestId('checkout-submit').first().click();
    await page.waitForURL(/\/orders\//, PATIENCE);
    await page.locator('[data-testid="payment"][data-status="CAPTURED"]').waitFor(PATIENCE);
    expect(await seriousProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('keeps search, facets and page in the address, forgives typing errors, and goes back', async () => {
    const { page, complaints } = await visit();
    await page.goto(`${shop.url}/search?q=hedphones`);
    await page.getByTestId('result-count').waitFor(PATIENCE);
    const all = await page.getByTestId('result-count').innerText();
    await page.locator('main').getByRole('checkbox').nth(1).click();
    await expect.poll(() => page.url(), PATIENCE).not.toMatch(/q=hedphones$/);
    await page.reload();
    await expect
      .poll(() => page.locator('main').getByRole('checkbox', { checked: true }).count(), PATIENCE)
      .toBeGreaterThan(0);
    await page.goBack();
    await expect.poll(() => page.getByTestId('result-count').innerText(), PATIENCE).toBe(all);
    expect(complaints).toEqual([]);
  });

  it('adds up what sending costs, refuses a declined card in words, keeps the cart, and takes another card', async () => {
    const { page } = await visit();
    await fillCheckout(page, { product: 1 });
    const total = page.getByTestId('checkout-total');
    const cheapest = await total.innerText(PATIENCE);
    await page.getByRole('radio', { name: /Express/ }).check({ force: true });
    await expect.poll(() => total.innerText(), PATIENCE).not.toBe(cheapest);
    const shown = await Promise.all(
      ['subtotal', 'shipping', 'total'].map((part) => page.getByTestId(`checkout-${part}`).innerText()),
    );
    await page.getByRole('radio', { name: /0002/ }).check({ force: true });
    await page.getByTestId('checkout-submit').first().click();
    await page.getByTestId('refusal-PAYMENT_DECLINED').waitFor(PATIENCE);
    await page.getByRole('radio', { name: /4242/ }).check({ force: true });
    await page.getByTestId('checkout-submit').first().click();
    await page.waitForURL(/\/orders\//, PATIENCE);
    const charged = ['subtotal', 'shipping', 'total'].map((part) =>
      page.getByTestId(`order-${part}`).innerText(PATIENCE),
    );
    expect(await Promise.all(charged)).toEqual(shown);
  });

  const isSignedIn = async (page: Page): Promise<void> => {
    await page.getByTestId('sign-out').first().waitFor(PATIENCE);
    expect(new URL(page.url()).pathname).toBe('/account/profile');
  };
  const renewsSession = (request: Request): boolean =>
    request.postData()?.includes('"RefreshSession"') ?? false;

  it('keeps people signed in whose tabs are reloaded at once', async () => {
    const { page } = await visit();
    await signIn(page, 'ada@souk.test', '/account/profile');
    const tabs = [page, await page.context().newPage(), await page.context().newPage()];
    for (const tab of tabs) await tab.goto(`${shop.url}/account/profile`);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(tabs.map((tab) => tab.reload()));
      await Promise.all(tabs.map(isSignedIn));
    }
  });

  it('keeps people signed in who reload a page before it has heard that its session is renewed', async () => {
    const { page } = await visit();
    await signIn(page, 'ada@souk.test', '/account/profile');
    // The shop renews it, and the answer gets lost.
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost > 0 || !renewsSession(route.request())) return route.continue();
      await route.fetch();
      lost += 1;
    });
    await page.reload({ waitUntil: 'commit' });
    await expect.poll(() => lost, PATIENCE).toBe(1);
    await page.reload();
    await isSignedIn(page);
  });

  it('turns people away from the back office who do not work there', async () => {
    const { page } = await visit();
    await page.goto(`${shop.url}/staff/orders`);
    await page.waitForURL(/\/login/, PATIENCE);
    await signIn(page, 'ada@souk.test', '/account/orders');
    await page.goto(`${shop.url}/staff/orders`);
    await page.waitForLoadState('networkidle');
    expect(await page.getByTestId('board-card').count()).toBe(0);
  });

  it('shows staff what was sold, with charts that everybody can read', async () => {
    const { page, complaints } = await visitAsStaff('/staff/analytics');
    await page.getByTestId('top-product').nth(9).waitFor(PATIENCE);
    expect(await page.getByTestId('sales-bar').count()).toBe(30);
    const stages = await page.getByTestId('funnel-step').allInnerTexts();
    expect(stages).toHaveLength(7);
    expect(stages[0]).toMatch(/^Received\s+[1-9]\d+\s+100%$/);
    expect(await page.getByTestId('figure-net').innerText()).toMatch(/€[\d,]+\.\d\d/);
    await page.getByText('90 days').click();
    await expect.poll(() => page.getByTestId('sales-bar').count(), PATIENCE).toBe(90);
    expect(await seriousProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('lets staff go back in time: through all events, and through one order', async () => {
    const { page, complaints } = await visitAsStaff('/staff/events');
    await page.getByLabel('Look back').selectOption({ label: '30 days' });
    await page.getByLabel('Events', { exact: true }).selectOption('order.placed');
    const typesShown = () =>
      page.evaluate<string[]>(
        `[...new Set([...document.querySelectorAll('[data-testid="event"]')].map((one) => one.dataset.type))]`,
      );
    await expect.poll(typesShown, PATIENCE).toEqual(['order.placed']);
    await page.waitForURL((url) => url.search.includes('kind=order.placed'), PATIENCE);
    await page.reload();
    await expect.poll(typesShown, PATIENCE).toEqual(['order.placed']);
    const last = page.getByTestId('event').first();
    await last.waitFor(PATIENCE);
    const now = await page.getByTestId('event').first().innerText();
    await page.getByRole('slider').fill('500');
    await expect.poll(() => last.innerText().catch(() => now), PATIENCE).not.toBe(now);
    const said = await page.getByTestId('slider-said').innerText();
    expect(said).toMatch(/^Before \d/);
    expect(await seriousProblems(page)).toEqual([]);

    await page.waitForURL((url) => url.search.includes('until='), PATIENCE);
    await page.reload();
    await expect.poll(typesShown, PATIENCE).toEqual(['order.placed']);
    expect(await page.getByTestId('slider-said').innerText()).toBe(said);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('Look back').waitFor({ ...PATIENCE, state: 'hidden' });
    await page.getByText('Filters (2 set)').click();
    await page.getByLabel('Look back').waitFor(PATIENCE);
    expect(await seriousProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 720 });

    await last.click();
    await last.getByText('Replay this order').click();
    const stage = page.getByTestId('snapshot-stage');
    await stage.waitFor(PATIENCE);
    await page.getByRole('slider').fill('0');
    await expect.poll(() => stage.getAttribute('data-stage').catch(() => null), PATIENCE).toBe('RECEIVED');
    expect(await seriousProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(['/', '/c/audio', '/search?q=lamp', '/checkout', '/login', '/register', '/nowhere'])(
    'has no serious accessibility problem on %s',
    async (path) => {
      const { page } = await visit();
      await page.goto(`${shop.url}${path}`);
      await page.waitForLoadState('networkidle');
      expect(await seriousProblems(page)).toEqual([]);
    },
  );

  it('has no serious accessibility problem on the pages of an account and on the stock page', async () => {
    const { page, complaints } = await visitAsStaff('/staff/stock');
    await page.getByTestId('stock-row').first().waitFor(PATIENCE);
    expect(await seriousProblems(page)).toEqual([]);
    await page
      .getByRole('button', { name: /as of an instant$/ })
      .first()
      .click(PATIENCE);
    // A variant that was sold here has moved; one that was not has not.
    const past = page.getByTestId('stock-as-of').or(page.getByText('It has never moved'));
    await past.waitFor(PATIENCE);
    expect(await seriousProblems(page)).toEqual([]);
    for (const path of ['/account/orders', '/account/profile', '/account/addresses']) {
      await page.goto(`${shop.url}${path}`);
      await page.waitForLoadState('networkidle');
      expect(await seriousProblems(page), path).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  it('fits the back office and the playground on a phone', async () => {
    const { page, complaints } = await visit();
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = (selector: string) =>
      page.evaluate<number>(
        `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('${selector}'))`,
      );
    await signIn(page, 'staff@souk.test', '/staff/stock');
    for (const [path, row] of [
      ['/staff/stock', 'stock-row'],
      ['/staff/sagas', 'saga-row'],
    ] as const) {
      await page.goto(`${shop.url}${path}`);
      await page.getByTestId(row).first().waitFor(PATIENCE);
      expect(await overflow('html'), path).toBe(0);
      expect(await overflow('[role="region"]'), `table of ${path}`).toBe(0);
    }
    await page.goto(`${shop.url}/playground/`);
    const answer = page.locator('.graphiql-response');
    await answer.waitFor(PATIENCE);
    expect(await overflow('html'), 'playground').toBe(0);
    for (const part of [page.locator('.graphiql-query-editor'), answer]) {
      const box = await part.boundingBox();
      expect(box?.width).toBeGreaterThan(330);
      expect(box?.height).toBeGreaterThan(150);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    }
    expect(complaints).toEqual([]);
  });

  it('serves a playground that works without the internet', async () => {
    const { page, complaints } = await visit();
    const foreign: string[] = [];
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url());
    });
    await page.goto(`${shop.url}/playground/`);
    // The page shows before its editors are loaded, and a click until then does nothing.
    const answer = page.getByText('"totalCount"');
    await expect
      .poll(async () => {
        await page
          .getByRole('button', { name: /execute/i })
          .first()
          .click(PATIENCE);
        await answer
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined);
        return answer.count();
      }, PATIENCE)
      .toBeGreaterThan(0);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
