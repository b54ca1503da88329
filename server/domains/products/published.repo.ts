/** The barcodes of the product whose id stands in `column`, in their order, as an array. */
export const barcodesOf = (column: string) =>
  `array(select b.barcode from product_barcodes b where b.product_id = ${column} order by b.barcode)`;
