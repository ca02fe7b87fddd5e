/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-palette.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double l;
  double a;
  double b;
} Lab;

static double
to_linear (guint channel)
{
  double c = channel / 255.0;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static guint
from_linear (double c)
{
  double s = c <= 0.0031308 ? 12.92 * c : 1.055 * pow (c, 1 / 2.4) - 0.055;

  return (guint) lround (CLAMP (s, 0, 1) * 255);
}

static void
unpack (guint colour, double rgb[3])
{
  for (guint i = 0; i < 3; i++)
    rgb[i] = to_linear ((colour >> (16 - 8 * i)) & 0xFF);
}

static guint
pack (const double rgb[3])
{
  return from_linear (rgb[0]) << 16 | from_linear (rgb[1]) << 8 | from_linear (rgb[2]);
}

/* OKLab: Ottosson (2020), "A perceptual color space for image processing". */
static Lab
to_lab (guint colour)
{
  double c[3], l, m, s;

  unpack (colour, c);
  l = cbrt (0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
  m = cbrt (0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
  s = cbrt (0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
  return (Lab){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

static void
lab_to_linear (Lab lab, double rgb[3])
{
  double l = pow (lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
  double m = pow (lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
  double s = pow (lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);

  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

static gboolean
is_in_gamut (const double rgb[3])
{
  for (guint i = 0; i < 3; i++)
    if (rgb[i] < -0.0005 || rgb[i] > 1.0005)
      return FALSE;
  return TRUE;
}

/* Gives up colourfulness, never lightness, where the screen cannot show both. */
static guint
from_lab (Lab lab)
{
  double rgb[3];

  lab_to_linear (lab, rgb);
  for (guint i = 0; i < 60 && !is_in_gamut (rgb); i++)
    {
      lab.a *= 0.95;
      lab.b *= 0.95;
      lab_to_linear (lab, rgb);
    }
  return pack (rgb);
}

guint
dhk_colour_parse (const char *text, guint fallback)
{
  guint value = 0;

  if (text == NULL || text[0] != '#' || strlen (text) != 7)
    return fallback;

  for (const char *p = text + 1; *p != '\0'; p++)
    {
      if (!g_ascii_isxdigit (*p))
        return fallback;
      value = value << 4 | (guint) g_ascii_xdigit_value (*p);
    }
  return value;
}

double
dhk_colour_get_luminance (guint colour)
{
  double c[3];

  unpack (colour, c);
  return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

double
dhk_colour_get_contrast (guint a, guint b)
{
  double x = dhk_colour_get_luminance (a), y = dhk_colour_get_luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

guint
dhk_colour_get_outline (guint fill, guint ground, double ratio)
{
  gboolean darker = dhk_colour_get_luminance (ground) > 0.18;
  Lab lab = to_lab (fill);
  guint colour = fill;

  while (dhk_colour_get_contrast (colour, ground) < ratio)
    {
      lab.l += darker ? -0.01 : 0.01;
      if (lab.l < 0 || lab.l > 1)
        return darker ? 0x000000 : 0xFFFFFF;
      colour = from_lab (lab);
    }
  return colour;
}

guint
dhk_colour_get_text (guint fill)
{
  return dhk_colour_get_contrast (fill, 0x000000) >= dhk_colour_get_contrast (fill, 0xFFFFFF)
             ? 0x000000
             : 0xFFFFFF;
}

guint
dhk_colour_get_step (guint colour, guint i, guint n)
{
  /* Two steps lie closer together, so that both still look like the colour. */
  const double lightest = n <= 2 ? 0.84 : 0.90, darkest = n <= 2 ? 0.56 : 0.52, total = 0.34;
  Lab lab = to_lab (colour);

  if (i < n && n <= 1)
    return colour;

  lab.l = i >= n ? total : lightest - (lightest - darkest) * i / (n - 1);
  return from_lab (lab);
}

guint
dhk_colour_mix (const guint *colours, guint n)
{
  Lab sum = { 0 };

  g_return_val_if_fail (n > 0, 0x808080);

  for (guint i = 0; i < n; i++)
    {
      Lab lab = to_lab (colours[i]);

      sum.l += lab.l / n;
      sum.a += lab.a / n;
      sum.b += lab.b / n;
    }
  return from_lab (sum);
}

guint
dhk_colour_simulate (guint colour, DhkVision vision)
{
  static const double matrices[][3][3] = {
    [DHK_VISION_TYPICAL] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    [DHK_VISION_PROTANOPIA] = { { 0.152286, 1.052583, -0.204868 },
                                { 0.114503, 0.786281, 0.099216 },
                                { -0.003882, -0.048116, 1.051998 } },
    [DHK_VISION_DEUTERANOPIA] = { { 0.367322, 0.860646, -0.227968 },
                                  { 0.280085, 0.672501, 0.047413 },
                                  { -0.011820, 0.042940, 0.968881 } },
    [DHK_VISION_TRITANOPIA] = { { 1.255528, -0.076749, -0.178779 },
                                { -0.078411, 0.930809, 0.147602 },
                                { 0.004733, 0.691367, 0.303900 } },
  };
  double in[3], out[3];

  g_return_val_if_fail (vision < G_N_ELEMENTS (matrices), colour);

  unpack (colour, in);
  for (guint i = 0; i < 3; i++)
    out[i] = matrices[vision][i][0] * in[0] + matrices[vision][i][1] * in[1]
             + matrices[vision][i][2] * in[2];
  return pack (out);
}

double
dhk_colour_get_distance (guint a, guint b)
{
  Lab x = to_lab (a), y = to_lab (b);

  return 100 * sqrt (pow (x.l - y.l, 2) + pow (x.a - y.a, 2) + pow (x.b - y.b, 2));
}
