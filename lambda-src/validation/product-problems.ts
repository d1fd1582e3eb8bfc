import type { OrderInput } from '../../src/contract/order-row';
import { linesByProduct } from '../inventory/lines';
import { minorDigits, minorUnits } from '../order/money';
import type { Problem } from '../order/problem';

export interface Product {
  readonly productId: string;
  readonly price?: number;
  readonly stock?: number;
  readonly currency?: string;
}

/** Where the order does not agree with the products as they are sold: which do not exist, other prices, too few in stock. */
export function productProblems(order: OrderInput, products: readonly Product[], checkStock: boolean): Problem[] {
  const sold = new Map(products.map(product => [product.productId, product]));
  const problems = order.items.flatMap(({ productId, price }, index) => {
    const field = `items[${index}]`;
    const product = sold.get(productId);
    return product
      ? priceProblems(field, price, product, order.currency)
      : [{ field: `${field}.productId`, message: `product ${productId} does not exist` }];
  });
  return checkStock ? [...problems, ...stockProblems(order, sold)] : problems;
}

function priceProblems(field: string, sent: number, product: Product, currency: string): Problem[] {
  const { productId, price } = product;
  if (typeof price !== 'number') {
    const message = price === undefined ? `product ${productId} has no price` : `the price of product ${productId} is not a number`;
    return [{ field: `${field}.productId`, message }];
  }
  if (product.currency !== undefined && product.currency !== currency) {
    return [{ field: 'currency', message: `product ${productId} is sold in ${product.currency}, not in ${currency}` }];
  }
  const digits = minorDigits(currency);
  return minorUnits(sent, digits) === minorUnits(price, digits)
    ? []
    : [{ field: `${field}.price`, message: `${sent} is not the price of product ${productId}, which is ${price}` }];
}

function stockProblems(order: OrderInput, sold: ReadonlyMap<string, Product>): Problem[] {
  return linesByProduct(order.items).flatMap(({ productId, quantity }) => {
    const product = sold.get(productId);
    const stock = product?.stock ?? 0;
    if (!product || stock >= quantity) return [];
    const index = order.items.findIndex(item => item.productId === productId);
    return [{ field: `items[${index}].quantity`, message: `${quantity} of product ${productId} wanted, ${stock} in stock` }];
  });
}
