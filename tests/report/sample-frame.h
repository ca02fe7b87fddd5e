/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The frame of the reconstructed survey, read from the reference material; NULL
 * where that is not there.
 */

#include "study/dhk-frame.h"

DhkFrame *sample_frame_new (DhkInstrument *instrument);
